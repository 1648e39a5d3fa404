/// All rows of a list, asked for page by page as they are needed.
///
/// ```swift
/// var ids: [String] = []
/// for try await connection in client.connections(customerID: "customer_42") {
///     ids.append(connection.id)
/// }
/// ```
///
/// Every row that exists during the whole reading comes exactly once, also when rows are created,
/// changed and deleted meanwhile; otherwise the reading ends with
/// ``OpenintError/incomplete(seen:total:outcome:)``, which says how many of how many rows came. An
/// error is the last thing that comes out; what came before it stays good. A cancelled task gets
/// ``OpenintError/cancelled(outcome:)`` from the page that it waits for. To delete what a list gives,
/// collect it first.
///
/// Memory holds one page, and 16 bytes of each row that came.
///
/// Reading a second time asks the API again. Use one iterator for one reading: a copy of an iterator
/// that reads on after the other did is refused with
/// ``OpenintError/invalidInput(field:expected:outcome:)``.
public struct PagedSequence<Element: APIModel>: AsyncSequence, Sendable {
    private let open: @Sendable () throws -> Reading<Element>

    init(_ open: @escaping @Sendable () throws -> Reading<Element>) {
        self.open = open
    }

    /// Begins at the first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(open)
    }

    /// Reads row after row.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        private var state: State
        private var rows = [Element]().makeIterator()
        private var pagesRead = 0

        private enum State {
            case new(@Sendable () throws -> Reading<Element>)
            case open(Reading<Element>)
            case ended
        }

        fileprivate init(_ open: @escaping @Sendable () throws -> Reading<Element>) {
            state = .new(open)
        }

        /// Returns the next row; `nil` at the end, and after an error.
        ///
        /// - Throws: ``OpenintError``
        public mutating func next() async throws -> Element? {
            while true {
                if let row = rows.next() { return row }
                let reading: Reading<Element>
                let before = state
                // Set first, so that an error is the end as well.
                state = .ended
                switch before {
                case .new(let open): reading = try open()
                case .open(let open): reading = open
                case .ended: return nil
                }
                guard let page = try await reading.page(after: pagesRead) else { return nil }
                state = .open(reading)
                pagesRead += 1
                rows = page.makeIterator()
            }
        }
    }
}

/// The pages of one reading of a list.
actor Reading<Row: Sendable> {
    private let next: @Sendable () async throws -> [Row]?
    private var pagesRead = 0

    init(_ next: @escaping @Sendable () async throws -> [Row]?) {
        self.next = next
    }

    /// Asks for the next page, unless a copy of the iterator has read further.
    func page(after pagesRead: Int) async throws -> [Row]? {
        guard pagesRead == self.pagesRead else {
            throw OpenintError.invalidInput(
                field: "iterator", expected: "one iterator for a reading: a copy of it has read on")
        }
        self.pagesRead += 1
        return try await next()
    }
}

extension PagedSequence.Iterator: CustomStringConvertible, CustomReflectable {
    /// The kind of its rows.
    public var description: String { "PagedSequence<\(Element.self)>.Iterator" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension PagedSequence: CustomStringConvertible, CustomReflectable {
    /// The kind of its rows.
    public var description: String { "PagedSequence<\(Element.self)>" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
