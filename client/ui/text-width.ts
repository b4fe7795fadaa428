/** Measures text without touching the document, so that fitting it causes no layout. */
export type TextWidth = (text: string, font: string) => number;

const FAMILY = '"Inter Variable", sans-serif';

export function createTextWidth(): TextWidth {
  const context = document.createElement("canvas").getContext("2d");
  return (text, font) => {
    if (context === null) return text.length * 10;
    context.font = `${font} ${FAMILY}`;
    return context.measureText(text).width;
  };
}
