package dev.openint.sdk

import dev.openint.sdk.internal.Refusal
import java.time.Duration

/** The server answered with a status other than success. */
public open class ApiStatusException internal constructor(
    refusal: Refusal,
) : ApiException(refusal.message, refusal.attempts, refusal.mayHaveBeenApplied, refusal.isRetryable) {
    /** The HTTP status. */
    public val statusCode: Int = refusal.statusCode

    /** The API's code, such as `BAD_REQUEST` or `NOT_FOUND`. */
    public val code: String? = refusal.code

    /** The server's message. */
    public val serverMessage: String? = refusal.serverMessage

    /** What is wrong with which field, for a request that was not understood. */
    public val issues: List<Issue> = refusal.issues

    /** The request id, where the server or a proxy before it sent one. */
    public val requestId: String? = refusal.requestId

    /** How long the server asks to wait, where it does. */
    public val retryAfter: Duration? = refusal.retryAfter

    /** The body as it came. It can hold what was sent: keep it out of logs. */
    @Transient
    public val body: String? = refusal.body
}

/** 400: the request was not understood; [issues] say what is wrong with it. */
public class BadRequestException internal constructor(
    refusal: Refusal,
) : ApiStatusException(refusal)

/** 401: the API key is not valid. */
public class AuthenticationException internal constructor(
    refusal: Refusal,
) : ApiStatusException(refusal)

/** 403: the API key may not do this. */
public class PermissionDeniedException internal constructor(
    refusal: Refusal,
) : ApiStatusException(refusal)

/** 404: there is no such thing, or not for this key. */
public class NotFoundException internal constructor(
    refusal: Refusal,
) : ApiStatusException(refusal)

/** 409: it does not go with what is there. */
public class ConflictException internal constructor(
    refusal: Refusal,
) : ApiStatusException(refusal)

/** 422: the request was understood and cannot be carried out. */
public class UnprocessableEntityException internal constructor(
    refusal: Refusal,
) : ApiStatusException(refusal)

/** 429: too many requests; [retryAfter] says how long to wait, where the server does. */
public class RateLimitException internal constructor(
    refusal: Refusal,
) : ApiStatusException(refusal)

/** 500 and above: the server failed; a write may have been applied all the same. */
public class InternalServerException internal constructor(
    refusal: Refusal,
) : ApiStatusException(refusal)
