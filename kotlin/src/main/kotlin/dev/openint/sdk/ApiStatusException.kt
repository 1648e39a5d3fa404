package dev.openint.sdk

import java.time.Duration

/** The server answered with a status other than success. */
public open class ApiStatusException internal constructor(
    error: ApiError,
    outcome: CallOutcome,
) : ApiException(outcome.message, outcome.attempts, outcome.mayHaveBeenApplied, outcome.isRetryable) {
    /** The HTTP status. */
    public val statusCode: Int = error.status

    /** The API's code, such as `BAD_REQUEST` or `NOT_FOUND`. */
    public val code: String? = error.code

    /** The server's message. */
    public val serverMessage: String? = error.message

    /** Faults of the fields, for a request that was not understood. */
    public val issues: List<Issue> get() = reported.orEmpty()

    @Transient
    private val reported: List<Issue>? = error.issues

    /** The request id, where the server or a proxy before it sent one. */
    public val requestId: String? = error.requestId

    /** Wait that the server asks for, where it does. */
    public val retryAfter: Duration? = error.retryAfterMs?.let(Duration::ofMillis)

    /** The body as it came. It can hold what was sent: keep it out of logs. */
    @Transient
    public val body: String? = error.body
}

/** 400: the request was not understood; [issues] say what is wrong with it. */
public class BadRequestException internal constructor(
    error: ApiError,
    outcome: CallOutcome,
) : ApiStatusException(error, outcome)

/** 401: the API key is not valid. */
public class AuthenticationException internal constructor(
    error: ApiError,
    outcome: CallOutcome,
) : ApiStatusException(error, outcome)

/** 403: the API key may not do this. */
public class PermissionDeniedException internal constructor(
    error: ApiError,
    outcome: CallOutcome,
) : ApiStatusException(error, outcome)

/** 404: there is no such thing, or not for this key. */
public class NotFoundException internal constructor(
    error: ApiError,
    outcome: CallOutcome,
) : ApiStatusException(error, outcome)

/** 409: it does not go with what is there. */
public class ConflictException internal constructor(
    error: ApiError,
    outcome: CallOutcome,
) : ApiStatusException(error, outcome)

/** 422: the request was understood and cannot be carried out. */
public class UnprocessableEntityException internal constructor(
    error: ApiError,
    outcome: CallOutcome,
) : ApiStatusException(error, outcome)

/** 429: too many requests; [retryAfter] says how long to wait, where the server does. */
public class RateLimitException internal constructor(
    error: ApiError,
    outcome: CallOutcome,
) : ApiStatusException(error, outcome)

/** 500 and above: the server failed; a write may have been applied all the same. */
public class InternalServerException internal constructor(
    error: ApiError,
    outcome: CallOutcome,
) : ApiStatusException(error, outcome)
