import Foundation

extension Openint {
    /// Lists what happened in the organisation, the newest first;
    /// ``events(searchQuery:since:includePrompt:pageSize:offset:options:)`` reads all pages.
    ///
    /// ```swift
    /// let page = try await client.listEvents(since: Date().addingTimeInterval(-86_400), limit: 10)
    /// for event in page.items {
    ///     print(event.timestampText ?? "", event.name ?? "")
    /// }
    /// ```
    ///
    /// `GET /event`, operation `listEvents` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - searchQuery: only those that this text finds
    ///   - since: only those after this time
    ///   - includePrompt: whether the prompts that led to an event are shown
    ///   - limit: the most rows of the page, at most 3,000; 50 where the API decides
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of this call
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` for a limit above 3,000; and every
    ///   other ``OpenintError``.
    public func listEvents(
        searchQuery: String? = nil,
        since: Date? = nil,
        includePrompt: Bool = false,
        limit: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) async throws -> Page<Event> {
        let parameters: Parameters = [
            "search_query": searchQuery, "since": since, "include_prompt": includePrompt,
            "limit": limit, "offset": offset,
        ]
        return try await call(.listEvents, parameters, options)
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
    ///   - searchQuery: only those that this text finds
    ///   - since: only those after this time
    ///   - includePrompt: whether the prompts that led to an event are shown
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
        let parameters: Parameters = [
            "search_query": searchQuery, "since": since, "include_prompt": includePrompt,
            "page_size": pageSize, "offset": offset,
        ]
        return all(.listEvents, parameters, options)
    }
}
