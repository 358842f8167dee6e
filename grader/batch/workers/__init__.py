"""Who grades: processes of this computer or the workers of a cluster, and what they do with a submission."""
