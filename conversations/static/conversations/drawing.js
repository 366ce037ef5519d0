// Drawing on a picture: strokes over a photo on a canvas, with undo. Knows nothing of the page.

const MAXIMUM_SIDE = 2560; // pixels: phones scale down to that, and WhatsApp takes 5 MB
const QUALITY = 0.88;
const WIDTH_UNIT = 1 / 400; // of the longer side, so that a line looks alike on every photo

export class Drawing {
  #canvas;
  #context;
  #photo = null;
  #strokes = [];
  #stroke = null;

  // `onChange` is called whenever there is more or less to undo.
  constructor(canvas, onChange = () => {}) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.onChange = onChange;
    this.colour = "#d32f2f";
    this.width = 2;
    canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    canvas.addEventListener("pointermove", (event) => this.#go(event));
    for (const name of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(name, () => this.#end());
    }
  }

  // Show the photo at `address`; rejects if it is no picture.
  async load(address) {
    const photo = new Image();
    photo.src = address;
    await photo.decode();
    const scale = Math.min(1, MAXIMUM_SIDE / Math.max(photo.naturalWidth, photo.naturalHeight));
    this.#canvas.width = Math.round(photo.naturalWidth * scale);
    this.#canvas.height = Math.round(photo.naturalHeight * scale);
    this.#photo = photo;
    this.#strokes = [];
    this.#stroke = null;
    this.#paint();
    this.onChange();
  }

  get isChanged() {
    return this.#strokes.length > 0;
  }

  undo() {
    this.#strokes.pop();
    this.#paint();
    this.onChange();
  }

  // The picture with the strokes, as a JPEG file.
  async file(name) {
    const blob = await new Promise((done) => this.#canvas.toBlob(done, "image/jpeg", QUALITY));
    return new File([blob], name, { type: "image/jpeg" });
  }

  #begin(event) {
    if (!this.#photo || event.button !== 0 || this.#stroke) return;
    event.preventDefault();
    this.#canvas.setPointerCapture(event.pointerId);
    this.#stroke = { colour: this.colour, width: this.width, pointer: event.pointerId, points: [] };
    this.#strokes.push(this.#stroke);
    this.#extend(event);
  }

  #go(event) {
    if (!this.#stroke || this.#stroke.pointer !== event.pointerId) return;
    event.preventDefault();
    // What happened between two frames, so that quick curves stay round.
    const steps = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const step of steps.length ? steps : [event]) this.#extend(step);
  }

  #extend(event) {
    const box = this.#canvas.getBoundingClientRect();
    this.#stroke.points.push([
      ((event.clientX - box.left) / box.width) * this.#canvas.width,
      ((event.clientY - box.top) / box.height) * this.#canvas.height,
    ]);
    this.#line(this.#stroke, Math.max(0, this.#stroke.points.length - 2));
  }

  #end() {
    if (!this.#stroke) return;
    this.#stroke = null;
    this.onChange();
  }

  #paint() {
    this.#context.drawImage(this.#photo, 0, 0, this.#canvas.width, this.#canvas.height);
    for (const stroke of this.#strokes) this.#line(stroke, 0);
  }

  #line(stroke, first) {
    const pen = this.#context;
    pen.strokeStyle = stroke.colour;
    pen.lineWidth = stroke.width * WIDTH_UNIT * Math.max(this.#canvas.width, this.#canvas.height);
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...stroke.points[first]);
    for (const point of stroke.points.slice(first)) pen.lineTo(...point); // alone: a dot
    pen.stroke();
  }
}
