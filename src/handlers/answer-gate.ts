/**
 * The deploy gate's answer to a pipeline. It does not judge questions yet and says so: `unavailable` is never taken
 * for a yes (law "fail closed").
 */
export const answerGate = (): Promise<'unavailable'> => Promise.resolve('unavailable');
