"""What lies outside sluice: clipboards, browsers, editors."""
