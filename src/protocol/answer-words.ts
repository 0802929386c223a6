/** Measures of answers to evaluation sets, beside accuracies; numbers of temperatures and documents have these as `part`. */
export const drawnAccuracy = 'drawnAccuracy';
export const marginOfAnswer = 'answerMargin';
export const marginCorrelation = 'answerMargin.votes';
