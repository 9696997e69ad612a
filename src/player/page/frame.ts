/** The frame that the video shows, drawn as it is at this moment; `longest` makes it smaller, pixels of the longer side. */
export function frameOf(video: HTMLVideoElement, longest = Number.POSITIVE_INFINITY): HTMLCanvasElement {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, longest / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(videoWidth * scale));
  canvas.height = Math.max(1, Math.round(videoHeight * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas here');
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Rejects when the browser has no memory for it, or must not read the picture. */
export function pictureOf(canvas: HTMLCanvasElement, type: 'image/png' | 'image/jpeg'): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture came'))), type, 0.86);
  });
}

export const bytesOf = async (picture: Blob): Promise<Uint8Array> => new Uint8Array(await picture.arrayBuffer());

/** Mean of the brightness, 0 to 255, below which a frame counts as black; fades and slates stay below it. */
const darkest = 14;

export function isBlack(video: HTMLVideoElement): boolean {
  const canvas = frameOf(video, 32);
  const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) sum += 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
  return sum / Math.max(1, data.length / 4) < darkest;
}
