/// All rows of a list, asked for page by page as they are needed.
///
/// ```swift
/// var ids: [String] = []
/// for try await connection in client.connections(customerID: "customer_42") {
///     ids.append(connection.id)
/// }
/// ```
///
/// Memory holds one page. An error is the last thing that comes out; what came before it stays
/// good. A cancelled task gets ``OpenintError/cancelled(_:)`` from the page that it waits for.
///
/// The API sorts by the time of the last change, so rows that change during the reading move to the
/// front and push others onto the next page: a row that comes again is left out, as far as ten
/// thousand rows back. A row that is deleted during the reading pulls others to the page before: to
/// delete what a list gives, collect it first.
///
/// Reading a second time asks the API again.
public struct PagedSequence<Element: APIModel>: AsyncSequence, Sendable {
    private let open: @Sendable () throws -> Pages

    init(_ open: @escaping @Sendable () throws -> Pages) {
        self.open = open
    }

    /// Begins at the first page.
    public func makeAsyncIterator() -> Iterator {
        Iterator(open)
    }

    /// Reads row after row.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        private var state: State
        private var rows = [JSONValue]().makeIterator()

        private enum State {
            case new(@Sendable () throws -> Pages)
            case open(Pages)
            case ended
        }

        fileprivate init(_ open: @escaping @Sendable () throws -> Pages) {
            state = .new(open)
        }

        /// The next row; `nil` at the end, and after an error.
        ///
        /// - Throws: ``OpenintError``
        public mutating func next() async throws -> Element? {
            while true {
                if let row = rows.next() {
                    return try ending {
                        try readable(attempts: 1, mayHaveBeenApplied: false) {
                            try Element(json: row)
                        }
                    }
                }
                let pages: Pages
                switch state {
                case .new(let open): pages = try ending(open)
                case .open(let open): pages = open
                case .ended: return nil
                }
                // Set first, so that an error is the end as well.
                state = .ended
                guard let page = try await pages.next() else { return nil }
                state = .open(pages)
                rows = page.makeIterator()
            }
        }

        private mutating func ending<Value>(_ body: () throws -> Value) throws -> Value {
            do {
                return try body()
            } catch {
                state = .ended
                rows = [JSONValue]().makeIterator()
                throw error
            }
        }
    }
}

extension PagedSequence: CustomStringConvertible, CustomReflectable {
    /// The kind of its rows.
    public var description: String { "PagedSequence<\(Element.self)>" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
