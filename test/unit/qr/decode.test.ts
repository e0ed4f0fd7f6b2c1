import fc from 'fast-check';
import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';

import { decodeQrCodes, type Picture } from '@/utils/qr/decode';

const text = 'otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXP&issuer=Example';

/** Draws codes beside each other, `scale` pixels a module, on white. */
function draw(texts: string[], scale = 4, margin = 4): Picture {
  const codes = texts.map(
    (content) => QRCode.create(content, { errorCorrectionLevel: 'M' }).modules,
  );
  const side = (size: number): number => (size + 2 * margin) * scale;
  const width = codes.reduce((sum, { size }) => sum + side(size), 0);
  const height = Math.max(40, ...codes.map(({ size }) => side(size)));
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  let left = 0;
  for (const code of codes) {
    for (let y = 0; y < code.size * scale; y++) {
      for (let x = 0; x < code.size * scale; x++) {
        if (!code.get(Math.floor(y / scale), Math.floor(x / scale))) continue;
        const at = ((y + margin * scale) * width + left + x + margin * scale) * 4;
        data.fill(0, at, at + 3);
      }
    }
    left += side(code.size);
  }
  return { data, width, height };
}

describe('decodeQrCodes', () => {
  it('reads a code', async () => {
    expect(await decodeQrCodes(draw([text]))).toEqual([text]);
  });

  it('reads every code of the picture, from left to right', async () => {
    const texts = [text, `${text}&digits=8`, 'https://example.com/app'];
    expect(await decodeQrCodes(draw(texts))).toEqual(texts);
  });

  it('finds nothing where there is nothing', async () => {
    const data = new Uint8ClampedArray(200 * 200 * 4).fill(255);
    expect(await decodeQrCodes({ data, width: 200, height: 200 })).toEqual([]);
  });

  it('refuses a picture that is not as large as it says', async () => {
    const data = new Uint8ClampedArray(400);
    expect(await decodeQrCodes({ data, width: 60_000, height: 60_000 })).toEqual([]);
    expect(await decodeQrCodes({ data, width: 11, height: 10 })).toEqual([]);
  });

  it('case 68: neither throws nor hangs over noise', async () => {
    const noise = fc.uint8Array({ minLength: 64 * 64 * 4, maxLength: 64 * 64 * 4 });
    await fc.assert(
      fc.asyncProperty(noise, async (bytes) => {
        const data = new Uint8ClampedArray(bytes);
        expect(await decodeQrCodes({ data, width: 64, height: 64 })).toBeInstanceOf(Array);
      }),
      { numRuns: 30 },
    );
  });
});
