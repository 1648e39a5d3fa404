import Foundation

extension Openint {
    /// Lists what happened in the organisation, the newest first;
    /// ``events(searchQuery:since:includePrompt:pageSize:offset:options:)`` reads all pages.
    ///
    /// ```swift
    /// let page = try await client.listEvents(since: Date().addingTimeInterval(-86_400), limit: 10)
    /// for event in page.items {
    ///     print(event.timestamp?.text ?? "", event.name ?? "")
    /// }
    /// ```
    ///
    /// `GET /event`, operation `listEvents` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - searchQuery: only those that this string finds; an empty one is refused
    ///   - since: only those at or after this time
    ///   - includePrompt: true to ask for the prompts that led to events; the API was not seen
    ///     to send any
    ///   - limit: the most rows of the page, at most 3,000; 50 where the API decides
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of this call
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` for a limit above 3,000; and every
    ///   other ``OpenintError``.
    public func listEvents(
        searchQuery: String? = nil,
        since: Date? = nil,
        includePrompt: Bool = false,
        limit: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) async throws -> EventPage {
        let params = ListEvents(
            limit: limit.map(Int32.init(clamping:)), offset: Int64(offset),
            searchQuery: searchQuery, since: try since.map { try Timestamp($0, field: "since") },
            includePrompt: includePrompt)
        return try await call(options) {
            try await $0.listEventsAsync(params: params, options: $1)
        }
    }

    /// All that happened in the organisation, page after page; see ``PagedSequence``.
    ///
    /// ```swift
    /// for try await event in client.events(pageSize: 100) {
    ///     print(event.id, event.name ?? "")
    /// }
    /// ```
    ///
    /// `GET /event`, operation `listEvents` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - searchQuery: only those that this string finds; an empty one is refused
    ///   - since: only those at or after this time
    ///   - includePrompt: true to ask for the prompts that led to events; the API was not seen
    ///     to send any
    ///   - pageSize: the most rows of a page, at most 3,000; 500 without it
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of the calls
    public func events(
        searchQuery: String? = nil,
        since: Date? = nil,
        includePrompt: Bool = false,
        pageSize: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) -> PagedSequence<Event> {
        list(options) {
            let params = ListEvents(
                limit: pageSize.map(Int32.init(clamping:)), offset: Int64(offset),
                searchQuery: searchQuery,
                since: try since.map { try Timestamp($0, field: "since") },
                includePrompt: includePrompt)
            return try $0.events(params: params)
        } next: {
            try await $0.nextPageAsync(options: $1)
        }
    }
}
