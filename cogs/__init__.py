"""The slash commands: one cog a job."""
