"""What can be brought back: deletions, merges, imports and changes of many at once, each as one step."""
