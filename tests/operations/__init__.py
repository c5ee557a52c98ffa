"""What an operator uses: figures, alert rules, units, the supply chain."""
