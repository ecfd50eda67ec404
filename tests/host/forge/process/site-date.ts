/**
 * Puts the process on the site's clock: `new Date()`, `Date()` and `Date.now()` are the machine's time plus an offset.
 * Everything else about dates, timers and `performance` stays as it is.
 */
export function installSiteDate(): (offset: number) => void {
  const RealDate = Date;
  let offset = 0;
  const now = (): number => RealDate.now() + offset;
  const siteDate = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget): object =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, name, receiver): unknown => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
  Object.defineProperty(RealDate.prototype, 'constructor', { value: siteDate, writable: true, configurable: true });
  globalThis.Date = siteDate;
  return (next) => {
    offset = next;
  };
}
