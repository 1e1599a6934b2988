// Codepoints of Material Design Icons 1.6.
#include <algorithm>
#include <iterator>

#include "collector/window/looks.h"

namespace window {
namespace {

struct Code {
  Icon icon;
  uint32_t code;
};
constexpr Code all[] = {{Icon::check, 0xF12C},         {Icon::translate, 0xF5CA}, {Icon::lock, 0xF33E},
                        {Icon::sync, 0xF4E6},          {Icon::home, 0xF2DC},      {Icon::table, 0xF4EB},
                        {Icon::out, 0xF207},           {Icon::pencil, 0xF3EB},    {Icon::alert, 0xF5D6},
                        {Icon::person, 0xF004},        {Icon::form, 0xF219},      {Icon::dot, 0xF130},
                        {Icon::merge, 0xF0F8},         {Icon::saved, 0xF5E0},     {Icon::calendar, 0xF0ED},
                        {Icon::plus, 0xF415},          {Icon::minus, 0xF374},     {Icon::search, 0xF349},
                        {Icon::down, 0xF140},          {Icon::up, 0xF143},        {Icon::microphone, 0xF36C},
                        {Icon::no_microphone, 0xF36D}, {Icon::stop, 0xF4DB},      {Icon::pause, 0xF3E4},
                        {Icon::play, 0xF40A},          {Icon::replay, 0xF459},    {Icon::bookmark, 0xF0C0},
                        {Icon::clip, 0xF3E2},          {Icon::image, 0xF2E9},     {Icon::file, 0xF214},
                        {Icon::video, 0xF567},         {Icon::draw, 0xF64F},      {Icon::undo, 0xF54D},
                        {Icon::trash, 0xF1C0},         {Icon::note, 0xF39E},      {Icon::grip, 0xF1DD},
                        {Icon::marker, 0xF34E},        {Icon::star, 0xF4CE},      {Icon::no_star, 0xF4D2},
                        {Icon::barcode, 0xF072},       {Icon::speaker, 0xF57E},   {Icon::copy, 0xF18F},
                        {Icon::raise, 0xF05D},         {Icon::lower, 0xF045},     {Icon::close, 0xF156},
                        {Icon::twin, 0xF191},          {Icon::record, 0xF44A},    {Icon::folder, 0xF24B},
                        {Icon::area, 0xF560},          {Icon::compass, 0xF18C},  {Icon::add, 0xF014},
                        {Icon::card, 0xF19B},          {Icon::clock, 0xF150},     {Icon::disk, 0xF2CA},
                        {Icon::guardian, 0xF00E},      {Icon::help, 0xF2D7},      {Icon::info, 0xF2FC},
                        {Icon::key, 0xF306},           {Icon::keyboard, 0xF30C},  {Icon::list, 0xF279},
                        {Icon::next_blank, 0xF4AD},    {Icon::practise, 0xF474},  {Icon::printer, 0xF42A},
                        {Icon::settings, 0xF493},      {Icon::speak, 0xF50A},     {Icon::swap, 0xF4E1},
                        {Icon::withdrawn, 0xF015}};
constexpr uint32_t left_arrow = 0xF04D, right_arrow = 0xF054;

}  // namespace

uint32_t codepoint(Icon icon, bool right_to_left) {
  if (icon == Icon::back) return right_to_left ? right_arrow : left_arrow;
  if (icon == Icon::forward) return right_to_left ? left_arrow : right_arrow;
  auto at = std::find_if(std::begin(all), std::end(all), [&](const Code& c) { return c.icon == icon; });
  return at == std::end(all) ? 0 : at->code;
}

}  // namespace window
