"""The world outside: mail servers, folders of files, keys, virus scanners; each behind a small door."""
