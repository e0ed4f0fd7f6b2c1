import { describe, it } from 'vitest';

import { checkModel } from './model';

describe('case 91: the vault', () => {
  it('is as before or as after the change when the process dies in any operation', async () => {
    await checkModel(['before', 'after', 'torn']);
  }, 900_000);
});
