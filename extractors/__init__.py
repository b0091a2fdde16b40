"""One room a kind of figure, found by looking; dates and labels have theirs too."""
