"""The parameters of operations, checked and as JSON. The native client does all other checks."""

from __future__ import annotations

from ._native import dumps
from ._options import flag, text, whole
from ._types import invalid, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any
else:
    from _collections_abc import Mapping


def encode(params: Mapping[str, Any]) -> str:
    """The JSON of parameters under the names of the core; ``None`` is one that was left out."""
    checked: dict[str, Any] = {}
    for name, value in params.items():
        if value is not None:
            check = _CHECKS.get(name)
            checked[name] = value if check is None else check(name, value)
    return dumps(checked, "")


def _texts(field: str, value: Any) -> list[str]:
    """Several texts, or one."""
    if isinstance(value, str):
        return [text(field, value)]
    if isinstance(value, (Mapping, bytes)):
        raise wrong_type(field, f"texts, not `{type(value).__name__}`")
    try:
        items = list(value)
    except TypeError:
        raise wrong_type(field, f"texts, not `{type(value).__name__}`") from None
    return [text(field, item) for item in items]


def _instant(field: str, value: Any) -> Any:
    return value if hasattr(value, "utcoffset") else text(field, value)


def _data(field: str, value: Any) -> dict[str, Any]:
    fields = value
    if hasattr(type(value), "__dataclass_fields__"):
        fields = {name: getattr(value, name) for name in type(value).__dataclass_fields__}
    elif hasattr(type(value), "__json__"):
        fields = value.__json__()
    elif not isinstance(value, Mapping):
        raise wrong_type(field, f"a mapping, not `{type(value).__name__}`")
    for name in ("connector_name", "settings"):
        if name not in fields:
            raise invalid(f"{field}.{name}", "a value: it is missing")
    text(f"{field}.connector_name", fields["connector_name"])
    return dict(fields)


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(
        (
            "id",
            "connector_config_id",
            "connector_name",
            "customer_id",
            "display_name",
            "idempotency_key",
            "language",
            "refresh_policy",
            "search_query",
        ),
        text,
    ),
    **dict.fromkeys(
        (
            "check_connection",
            "disabled",
            "include_prompt",
            "include_secrets",
            "use_environment_variables",
        ),
        flag,
    ),
    **dict.fromkeys(("limit", "offset", "page_size", "validity_in_seconds"), whole),
    **dict.fromkeys(("connector_names", "expand"), _texts),
    "since": _instant,
    "data": _data,
}
