export function ScoreProfilesPage() { return null; }
