"""Shared parts of the readers of exchange formats: safe XML, and tracks built of items that know their own times."""
