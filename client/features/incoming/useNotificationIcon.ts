import { useEffect, useState } from 'react';
import { iconUrl } from '../../../shared/branding/index.ts';
import { useBrand } from '../../branding/index.ts';
import { drop } from '../../state/index.ts';

const sizePx = 192;

/** The brand's sign as a notification wants it: browsers draw no SVG there, so it is painted beforehand. */
export function useNotificationIcon(): string {
  const { logo, palette } = useBrand();
  const url = iconUrl({ logo, palette });
  const [painted, setPainted] = useState(url);
  useEffect(() => {
    let isWanted = true;
    const take = async () => {
      const picture = await paint(url);
      if (isWanted) setPainted(picture);
    };
    // Where it can't be painted the notification goes without it.
    drop(take(), 'painting the icon of notifications');
    return () => {
      isWanted = false;
    };
  }, [url]);
  return painted;
}

async function paint(url: string): Promise<string> {
  const picture = new Image(sizePx, sizePx);
  picture.src = url;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = sizePx;
  canvas.height = sizePx;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, sizePx, sizePx);
  return canvas.toDataURL('image/png');
}
