"""Lua as free DaVinci Resolve 21.1 runs it: LuaJIT, ``resolve`` live, no way to files, programs or other code."""

from __future__ import annotations

from typing import Any

from lupa import luajit21

_NOTHING = ("io", "require", "package", "ffi", "debug", "python", "dofile", "loadfile", "os.execute", "os.remove")
_NOTHING_OF_OS = ("os.rename", "os.tmpname", "os.getenv", "os.exit")  # not told of, and not to be relied on


def run_lua(text: str, resolve: Any) -> None:
    """Run a script; what it prints is lost, as there."""
    lua = luajit21.LuaRuntime(encoding=None, register_eval=False, unpack_returned_tuples=True)
    for name in (*_NOTHING, *_NOTHING_OF_OS):
        lua.execute(f"{name} = nil".encode())
    lua.execute(b"print = function() end")
    lua.globals()[b"resolve"] = _Face(lua, resolve)
    lua.execute(text.encode("utf-8"))


class _Face:
    """One object of the stand-in as Lua sees it: tables for lists, bytes for text, nil for None."""

    def __init__(self, lua: Any, thing: Any) -> None:
        self._lua, self._thing = lua, thing

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # lupa asks whether this can be indexed
            raise AttributeError(name)
        found = getattr(self._thing, name)
        return self._method(found) if callable(found) else found

    def _method(self, function: Any) -> Any:
        def called(face: _Face, *values: Any) -> Any:
            assert face is self, "a method is called with a colon"
            return _to_lua(self._lua, function(*map(_to_python, values)))

        return called


def _to_python(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, _Face):
        return value._thing
    if luajit21.lua_type(value) == "table":
        items = {_to_python(key): _to_python(item) for key, item in value.items()}
        return list(items.values()) if set(items) == set(range(1, len(items) + 1)) else items
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _to_lua(lua: Any, value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape")
    if isinstance(value, list):
        return lua.table_from([_to_lua(lua, item) for item in value])
    if value is None or isinstance(value, bool | int | float):
        return value
    return _Face(lua, value)
