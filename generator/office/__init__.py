"""Drawing tools shared by Word and Excel deliverables; repeatable, clock-free files."""
