"""The operations of both kinds of portal: what there is, how to find one, and how to call it."""
