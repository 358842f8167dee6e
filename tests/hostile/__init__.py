"""What no input may do: crash, hang, eat memory, read what is not its own, speak to a terminal."""
