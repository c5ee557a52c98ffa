"""What the assistant does with what was meant: one handler a step, in the order of `steps.STEPS`."""
