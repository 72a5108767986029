/* Empty on purpose: a library wants at least one source. */
