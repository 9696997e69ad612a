/** A board as people write them, of any number of shots: scenes, a style, a cast, notes, tables, dialogue, in two languages. */
export function longBoard(shots: number): string {
  const scenes = Array.from({ length: Math.ceil(shots / 20) }, (_, scene) => {
    const inScene = Array.from({ length: Math.min(20, shots - scene * 20) }, (_, shot) => shotText(scene * 20 + shot + 1));
    return `# Scene ${scene + 1}: ${scene % 2 === 0 ? 'the harbour' : '灯台の夜'}\n\nRain over the harbour, one lamp is lit.\n\n${inScene.join('')}`;
  });
  return front + scenes.join('');
}

const front = `---
storyboard: 1
model: kling/kling-2.5
aspect_ratio: 16:9
duration: 5
budget: 90
---

# The long night

Version 4, after the call in March.

| who | what |
|-----|------|
| Director | M. Ota |

# Style

35 mm film, cold blue night, warm lamp light,
slow camera, light grain.

# Cast

## @mika

- name: Mika
- ref: refs/mika.png

Mika, a woman of seventy, grey braid, navy coat.

`;

function shotText(number: number): string {
  const id = `SC${Math.ceil(number / 20)}_SH${String(((number - 1) % 20) + 1).padStart(2, '0')}0`;
  switch (number % 5) {
    case 0:
      return `## カット${number} 灯台

- duration: 10
- dialogue: 「おつかれさま」

{{style}} {{@mika}}が螺旋階段を上る。手にはランプ。
カメラはゆっくり上へ。

> 演出メモ：表情は硬めに。

`;
    case 1:
      return `## ${id} Lighthouse in the storm

- start: stills/${id.toLowerCase()}.png
- pick: ${(number % 7) + 1}

{{style}} A white lighthouse on black rocks, waves breaking over the gallery.
The camera drifts in from the sea at water level.

> Client asked for less rain on the lens. Take 2 was close.

`;
    case 2:
      return `## ${id} - The stairs

- **Duration:** 5s
- lens: 50 mm <!-- or 35 -->

{{style}} {{@mika}} climbs the iron stairs with an oil lamp.

- slow tilt up
- the lamp swings, her shadow turns

![a still](stills/${id.toLowerCase()}.jpg)

`;
    case 3:
      return `## ${id} The lamp room

- start: last-frame(SC1_SH010)
- seed: ${number}

{{style}} {{@mika}} lays her hand on the glass of the great lamp. It dims.

She says quietly: "Good night."

### Notes

The light must not flicker. See take 3.

`;
    default:
      return `## ${id}

A wide grey sea under low cloud, no boats.

`;
  }
}
