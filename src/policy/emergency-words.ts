import type { EmergencyRules } from './policy';

/** What is different in the hours and reminders of emergencies, one sentence each. */
export function emergencyDifferences(before: EmergencyRules, after: EmergencyRules): string[] {
  return [
    ...(before.passHours === after.passHours
      ? []
      : [`An emergency pass ends after ${after.passHours} hours now, instead of ${before.passHours}.`]),
    ...(before.reviewHours === after.reviewHours
      ? []
      : [`The retroactive review is due within ${after.reviewHours} hours now, instead of ${before.reviewHours}.`]),
    ...(remindersPhrase(before) === remindersPhrase(after) ? [] : [remindersPhrase(after)]),
    ...(before.overdueReviewsStop === after.overdueReviewsStop ? [] : [stopPhrase(after)]),
  ];
}

export function remindersPhrase({ reminderHours }: Pick<EmergencyRules, 'reminderHours'>): string {
  if (reminderHours.length === 0) return 'Nobody is reminded of a review that is due.';
  const hours = [...reminderHours].sort((a, b) => b - a).map(String);
  const told = hours.length === 1 ? hours.join('') : `${hours.slice(0, -1).join(', ')} and ${hours.at(-1) ?? ''}`;
  return `Reviewers are reminded ${told} ${told === '1' ? 'hour' : 'hours'} before the review is due.`;
}

export const stopPhrase = ({ overdueReviewsStop }: Pick<EmergencyRules, 'overdueReviewsStop'>): string =>
  overdueReviewsStop
    ? 'While a review is overdue, its project gets no further pass.'
    : 'An overdue review does not keep its project from further passes.';
