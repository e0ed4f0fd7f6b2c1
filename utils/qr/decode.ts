import { binarize, Decoder, Detector, grayscale } from '@nuintun/qrcode';
import jsQR from 'jsqr';

export interface Picture {
  /** RGBA, row by row. */
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** Larger than any screen; an upper bound for what a page can make the decoder chew on. */
const MAX_PIXELS = 40_000_000;

/**
 * The texts of every QR code in a picture, in reading order. `@nuintun/qrcode` finds several at
 * once; `jsqr` has a second look at pictures in which it finds none.
 */
export async function decodeQrCodes(image: Picture): Promise<string[]> {
  const { data, width, height } = image;
  if (width * height > MAX_PIXELS || data.length !== width * height * 4) return [];
  const found = decodeSeveral(image);
  if (found.length > 0) return found;
  const single = jsQR(new Uint8ClampedArray(data), width, height);
  return single?.data ? [single.data] : [];
}

function decodeSeveral({ data, width, height }: Picture): string[] {
  const image = {
    data: new Uint8ClampedArray(data),
    width,
    height,
    colorSpace: 'srgb' as const,
  };
  const candidates = new Detector().detect(binarize(grayscale(image), width, height));
  const decoder = new Decoder();
  const found: { text: string; x: number; y: number }[] = [];

  for (let next = candidates.next(); !next.done;) {
    const { matrix, finder } = next.value;
    let decoded = false;
    try {
      const { content } = decoder.decode(matrix);
      const { x, y } = finder.topLeft;
      if (content !== '') found.push({ text: content, x, y });
      decoded = true;
    } catch {
      // Three corners that belong to no code: the detector offers combinations, not codes.
    }
    next = candidates.next(decoded);
  }
  // Codes in one row differ by a few pixels in height; a row is a tenth of the picture here.
  const row = (y: number): number => Math.floor((y / height) * 10);
  found.sort((a, b) => row(a.y) - row(b.y) || a.x - b.x);
  return [...new Set(found.map(({ text }) => text))];
}
