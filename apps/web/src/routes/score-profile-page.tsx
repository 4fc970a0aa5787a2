export function ScoreProfilePage() { return null; }
export function NewScoreProfilePage() { return null; }
