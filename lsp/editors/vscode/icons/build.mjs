// Draws dunlin.png from dunlin.svg: `npm run icon`. The marketplace takes no SVG.

import { readFileSync, writeFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';

const svg = readFileSync(new URL('dunlin.svg', import.meta.url), 'utf8');
const png = new Resvg(svg, { fitTo: { mode: 'width', value: 256 } }).render().asPng();
writeFileSync(new URL('dunlin.png', import.meta.url), png);
