export { CallQuestionFields } from './CallQuestionFields.tsx';
export { compareExplanations, type Difference } from './compareExplanations.ts';
export { Decision, ExplanationDetails } from './ExplanationView.tsx';
export { explainSection } from './explainSection.tsx';
export { nameCaller } from './nameCaller.ts';
export { type CallQuestionView, useCallQuestion } from './useCallQuestion.ts';
export { useFoundUsers } from './useFoundUsers.ts';
