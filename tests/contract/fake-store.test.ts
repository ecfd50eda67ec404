import { FakeStore } from '../fakes/store';
import { describeExpiry, describeStore } from './store-contract';

const open = () => {
  let now = Date.parse('2026-03-02T09:00:00.000Z');
  const store = new FakeStore({ now: () => new Date(now) });
  return {
    store,
    moveClock: (seconds: number) => {
      now += seconds * 1000;
    },
  };
};

describeStore('in memory', open);
describeExpiry('in memory', open);
