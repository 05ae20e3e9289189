"""What vsdocs writes: the sweep's workbook, page and JSON, and the letters. Each reads the three things and changes nothing."""
