"""The command line, the launch, and the hosts: the only package that imports all others."""
