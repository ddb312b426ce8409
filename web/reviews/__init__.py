"""What has to be looked at again: lists with owners and progress, and the calendar."""
