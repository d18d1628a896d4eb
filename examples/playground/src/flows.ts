import { type FlowDocument, load } from '@loom/graph';
import savings from '../../flows/patterns/repeat.loom.json' with { type: 'json' };
import penguins from '../../flows/penguins.loom.json' with { type: 'json' };
import seattleWeather from '../../flows/seattle-weather.loom.json' with { type: 'json' };

export interface ExampleFlow {
  /** The part of the address after `#`. */
  readonly id: string;
  readonly document: FlowDocument;
}

/** The flows of `examples/flows`, and one with inputs to play with; the playground opens the first. */
export const exampleFlows: readonly [ExampleFlow, ...ExampleFlow[]] = [
  { id: 'penguins', document: load(penguins).document },
  { id: 'seattle-weather', document: load(seattleWeather).document },
  { id: 'savings', document: load(savings).document },
];
