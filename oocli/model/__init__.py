"""Pure data: addresses, requests, envelopes, errors, kinds of portal, secrets."""
