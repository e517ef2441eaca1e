"""The keep-wave: sellers choose whom they keep, the leader approves."""
