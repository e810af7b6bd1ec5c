"""Look-ups about a domain: mail exchangers, addresses, SPF, DMARC and registration. The only place that opens sockets."""
