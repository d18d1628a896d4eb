import { type FlowDocument, load } from '@loom/graph';
import cars from '../../flows/cars.loom.json' with { type: 'json' };
import julia from '../../flows/julia.loom.json' with { type: 'json' };
import penguins from '../../flows/penguins.loom.json' with { type: 'json' };
import seattleWeather from '../../flows/seattle-weather.loom.json' with { type: 'json' };
import training from '../../flows/training.loom.json' with { type: 'json' };
import words from '../../flows/words.loom.json' with { type: 'json' };

export interface ExampleFlow {
  /** The part of the address after `#`. */
  readonly id: string;
  readonly document: FlowDocument;
}

/** The flows of `examples/flows`; the playground opens the first. */
export const exampleFlows: readonly [ExampleFlow, ...ExampleFlow[]] = [
  { id: 'penguins', document: load(penguins).document },
  { id: 'seattle-weather', document: load(seattleWeather).document },
  { id: 'cars', document: load(cars).document },
  { id: 'words', document: load(words).document },
  { id: 'julia', document: load(julia).document },
  { id: 'training', document: load(training).document },
];

const patterns = import.meta.glob<unknown>('../../flows/patterns/*.loom.json', { eager: true, import: 'default' });

/** The flows of `examples/flows/patterns`, one for each way in which a flow runs, by title. */
export const patternFlows: readonly ExampleFlow[] = Object.entries(patterns)
  .map(([file, flow]) => ({ id: file.replace(/^.*\/|\.loom\.json$/g, ''), document: load(flow).document }))
  .sort((a, b) => (a.document.title ?? a.id).localeCompare(b.document.title ?? b.id));
