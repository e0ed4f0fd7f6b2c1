import { describe, it } from 'vitest';

import { checkModel } from './model';

describe('case 91: the vault', () => {
  it('is as before or as after the change when writes that were answered for are not on the disk', async () => {
    await checkModel(['lost', 'reordered', 'reverted']);
  }, 900_000);
});
