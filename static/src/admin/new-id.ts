/** Names a new freeze period or template within its policy; nothing secret hangs on it. */
export const newId = (): string => crypto.randomUUID().slice(0, 13);
