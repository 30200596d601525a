"""What the pages share: navigation, layout, controls, compute and charts."""
