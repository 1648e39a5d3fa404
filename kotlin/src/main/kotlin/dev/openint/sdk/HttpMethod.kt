package dev.openint.sdk

/** An HTTP method of the API. */
public enum class HttpMethod {
    /** Reads. */
    GET,

    /** Creates, or does something that is not safe to repeat. */
    POST,

    /** Replaces. */
    PUT,

    /** Changes in part. */
    PATCH,

    /** Deletes. */
    DELETE,
}
