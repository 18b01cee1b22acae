"""The sections of the report: functions of the material that return blocks, none where there is nothing to say."""
