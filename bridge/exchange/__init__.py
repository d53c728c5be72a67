"""What the readers of exchange formats share: safe XML, and tracks built of items that know their own times."""
