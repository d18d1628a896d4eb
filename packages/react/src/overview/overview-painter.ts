import { type Box, boundsOf } from '../layout/box.js';
import { themePaint } from '../sharing/theme-paint.js';
import type { Viewport } from '../store/session.js';
import { paintScene } from './paint-scene.js';
import type { Scene } from './scene.js';
import { lookAt, marginFor, overlap, type Picture, type ScreenSize, shownArea } from './view-plan.js';

/** While one zooms the last picture is stretched, and painted anew this often, in milliseconds. */
const STRETCH_MS = 100;
/** Or after so many times as long as it takes, where that is more: painting must leave time for everything else. */
const SHARE = 5;
/** How far what is painted stands out of its box, in pixels. */
const RIM = 20;
/** When one has stopped moving for so long the picture is painted around where one is. */
const REST_MS = 160;
/**
 * A picture begins with so many frames in which its scene is made, a part in each: with ten thousand nodes, all of it and
 * painting would hold the page up.
 */
const SCENE_FRAMES = 2;
/** A change of more nodes than this is painted at most once in {@link STRETCH_MS}. */
const MANY = 1500;

/** What the painter needs of the page. */
export interface OverviewPainterOptions {
  readonly canvas: HTMLCanvasElement;
  /** Colours and type hold here. */
  readonly root: HTMLElement;
  readonly scene: Scene;
  /**
   * Brings the scene up to date, and gives the area in which something looks different now. It may do a part of it, and say
   * so by {@link OverviewPainter.invalidate}.
   */
  update(): Box | undefined;
}

/**
 * Keeps the picture of the flow on its canvas: shifted while one moves, stretched while one zooms, painted again where
 * something changed. The picture reaches beyond the screen, so that most moves paint nothing.
 */
export class OverviewPainter {
  readonly #options: OverviewPainterOptions;
  readonly #page: Window;
  #theme: ReturnType<typeof themePaint> | undefined;
  #view: Viewport = { x: 0, y: 0, zoom: 1 };
  #size: ScreenSize = { width: 0, height: 0 };
  #ratio = 0;
  #margin = 0;
  #picture: Picture | undefined;
  #damage: Box | undefined;
  #isCurrent = false;
  #paintedAt = Number.NEGATIVE_INFINITY;
  #paintMs = 0;
  #sceneFrames = 0;
  #frame: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OverviewPainterOptions) {
    this.#options = options;
    this.#page = options.canvas.ownerDocument.defaultView ?? window;
  }

  /** Looks elsewhere. */
  look(view: Viewport, size: ScreenSize): void {
    this.#view = view;
    this.#size = size;
    this.#request();
  }

  /** Something may look different now. */
  invalidate(): void {
    this.#isCurrent = false;
    this.#request();
  }

  /** Brings the scene up to date at once, for who asks what lies somewhere. */
  refresh(): void {
    while (!this.#isCurrent) this.#update();
  }

  /** Takes in what changed, or a part of it: then more is to be taken in. */
  #update(): void {
    if (this.#isCurrent) return;
    this.#isCurrent = true;
    const area = this.#options.update();
    if (area === undefined) return;
    this.#damage = this.#damage === undefined ? area : boundsOf([this.#damage, area]);
    this.#request();
  }

  /** The theme is another one. */
  recolor(): void {
    this.#theme?.dispose();
    this.#theme = undefined;
    this.#picture = undefined;
    this.#request();
  }

  dispose(): void {
    if (this.#frame !== undefined) this.#page.cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    clearTimeout(this.#timer);
    this.#theme?.dispose();
    this.#theme = undefined;
  }

  #request(): void {
    this.#frame ??= this.#page.requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#show();
    });
  }

  #show(): void {
    if (this.#size.width === 0 || this.#size.height === 0) return;
    this.#update();
    if (this.#sceneFrames < SCENE_FRAMES) {
      if (this.#sceneFrames === 0) this.#prepare();
      this.#sceneFrames += 1;
      this.#request();
      return;
    }
    this.#fit();
    const { scene } = this.#options;
    const look = lookAt(this.#picture, this.#view, this.#size, scene.bounds);
    if (look === 'paint') this.#paint();
    else if (look === 'stretch') this.#later(this.#wait());
    else {
      if (this.#damage !== undefined) this.#mend(this.#damage);
      // A picture that reaches half as far as it could is good enough to rest on.
      const beyond = lookAt(this.#picture, this.#view, this.#size, scene.bounds, this.#margin / 2);
      if (beyond === 'paint') this.#later(REST_MS);
    }
    this.#place();
  }

  /** The first thing that is painted makes the browser get the memory of the picture: that is not left to the frame that paints. */
  #prepare(): void {
    this.#fit();
    const context = this.#options.canvas.getContext('2d');
    context?.save();
    context?.restore();
  }

  /** Gives the canvas the size of the screen, with its margin. */
  #fit(): void {
    const { canvas } = this.#options;
    const ratio = this.#page.devicePixelRatio;
    const margin = marginFor(this.#size, ratio);
    const [width, height] = [this.#size.width + 2 * margin, this.#size.height + 2 * margin];
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width === across && canvas.height === down && this.#ratio === ratio) return;
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    this.#ratio = ratio;
    this.#margin = margin;
    this.#picture = undefined;
  }

  /** Paints everything when the time has come; sooner wishes wait for it, and later ones take its place. */
  #later(inMs: number): void {
    clearTimeout(this.#timer);
    if (inMs <= 0) this.#paint();
    else {
      this.#timer = setTimeout(() => {
        this.#picture = undefined;
        this.#request();
      }, inMs);
    }
  }

  /** How long the next painting of everything has to wait. */
  #wait(): number {
    return Math.max(STRETCH_MS, SHARE * this.#paintMs) - (this.#page.performance.now() - this.#paintedAt);
  }

  #mend(damage: Box): void {
    const shown = this.#picture && overlap(damage, this.#picture.area);
    if (shown === undefined) {
      this.#damage = undefined;
      return;
    }
    const wait = this.#wait();
    if (wait > 0 && this.#options.scene.nodesIn(shown).length > MANY) this.#later(wait);
    else this.#paintPart(shown);
  }

  #paint(): void {
    clearTimeout(this.#timer);
    const { performance } = this.#page;
    const began = performance.now();
    const view = this.#view;
    this.#picture = { view, area: shownArea(view, this.#size, this.#margin) };
    this.#paintPart(this.#picture.area);
    this.#paintedAt = performance.now();
    this.#paintMs = this.#paintedAt - began;
  }

  #paintPart(part: Box): void {
    this.#damage = undefined;
    const { canvas, scene, root } = this.#options;
    const context = canvas.getContext('2d');
    if (context === null || this.#picture === undefined) return;
    this.#theme ??= themePaint(root);
    const { view } = this.#picture;
    const scale = view.zoom * this.#ratio;
    // Rims and titles stand out a little. Whole pixels, so that no seam is left.
    const rim = RIM / view.zoom;
    const left = Math.floor((part.x - rim) * scale + (view.x + this.#margin) * this.#ratio);
    const top = Math.floor((part.y - rim) * scale + (view.y + this.#margin) * this.#ratio);
    const width = Math.ceil((part.width + 2 * rim) * scale) + 1;
    const height = Math.ceil((part.height + 2 * rim) * scale) + 1;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    context.clearRect(left, top, width, height);
    context.setTransform(
      scale,
      0,
      0,
      scale,
      (view.x + this.#margin) * this.#ratio,
      (view.y + this.#margin) * this.#ratio,
    );
    paintScene(context, {
      scene,
      area: { x: part.x - 2 * rim, y: part.y - 2 * rim, width: part.width + 4 * rim, height: part.height + 4 * rim },
      zoom: view.zoom,
      paint: this.#theme.paint,
      fontFamily: this.#page.getComputedStyle(root).fontFamily,
    });
    context.restore();
  }

  /** Puts the picture where it belongs in this view. */
  #place(): void {
    if (this.#picture === undefined) return;
    const { view } = this.#picture;
    const stretch = this.#view.zoom / view.zoom;
    const whole = (value: number) => Math.round(value * this.#ratio) / this.#ratio;
    const x = whole(this.#view.x - (view.x + this.#margin) * stretch);
    const y = whole(this.#view.y - (view.y + this.#margin) * stretch);
    this.#options.canvas.style.transform = `translate(${x}px, ${y}px) scale(${stretch})`;
  }
}
