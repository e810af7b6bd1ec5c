"""Look-ups about a domain: mail exchangers, addresses, SPF, DMARC, registration. The only place with sockets."""
