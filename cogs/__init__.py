"""What people type and press: one cog a job."""
