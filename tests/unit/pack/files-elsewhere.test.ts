import type { CompletenessFacts } from '../../../src/pack/completeness';
import { filesElsewhere } from '../../../src/pack/files-sought';
import { Scene } from '../gate/scene';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;

const sought = (scene: Scene) => filesElsewhere({ entries: scene.entries } as unknown as CompletenessFacts);

describe('artifacts of which the digest alone was handed in', () => {
  it('are no row where there are none, or came whole as well', () => {
    expect(sought(new Scene().deploy('1', 'production'))).toEqual([]);
    const both = new Scene().evidence('artifact', A).evidence('document', A, { attributes: { kept: 'whole' } });
    expect(sought(both)).toEqual([]);
  });

  it('need their size and where they are, each said where it is missing', () => {
    const scene = new Scene()
      .evidence('artifact', A, { attributes: { size: '30000000' }, url: 'https://ci.example.test/a' })
      .evidence('artifact', B);
    expect(sought(scene)).toMatchObject([
      {
        found: 1,
        complete: false,
        missing: [{ what: `of ${B}, how large it is and where it is`, because: 'its sender did not say' }],
      },
    ]);
  });
});
